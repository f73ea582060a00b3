// @ts-check
// What scripts add to pages that work without them: charts, live news, names
// while they are typed, and the words of a record lit up.

if (document.querySelector("figure[data-chart]")) import("./charts.js");
lightUp();
suggest();
listen();

/** Whatever points at a record, in the text or beside it, lights up the other. */
function lightUp() {
	/** @type {NodeListOf<HTMLElement>} */
	const words = document.querySelectorAll("[data-refs]");
	/** @type {NodeListOf<HTMLElement>} */
	const cards = document.querySelectorAll("[data-ref]");
	if (!words.length || !cards.length) return;
	/** @type {Map<string, HTMLElement[]>} */
	const byRef = new Map();
	const put = (/** @type {string} */ ref, /** @type {HTMLElement} */ e) => byRef.set(ref, [...(byRef.get(ref) ?? []), e]);
	for (const e of words) for (const ref of (e.dataset.refs ?? "").split(" ")) put(ref, e);
	for (const e of cards) put(e.dataset.ref ?? "", e);
	const light = (/** @type {string[]} */ refs, /** @type {boolean} */ on) => {
		for (const ref of refs) for (const e of byRef.get(ref) ?? []) e.classList.toggle("lit", on);
	};
	const watch = (/** @type {HTMLElement} */ e, /** @type {string[]} */ refs) => {
		for (const [name, on] of /** @type {[string, boolean][]} */ ([["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]))
			e.addEventListener(name, () => light(refs, on));
	};
	for (const e of cards) watch(e, [e.dataset.ref ?? ""]);
	for (const e of words) if (e.classList.contains("l-trigger")) watch(e, (e.dataset.refs ?? "").split(" ").filter((ref) => document.getElementById(ref)));
}

/** Fields that want an actor offer those whose name begins so. */
function suggest() {
	let asked = 0;
	for (const field of document.querySelectorAll("input[data-suggest]")) {
		if (!(field instanceof HTMLInputElement)) continue;
		let timer = 0;
		field.addEventListener("input", () => {
			clearTimeout(timer);
			timer = setTimeout(async () => {
				const begins = field.value.trim();
				if (begins.length < 2 || !field.list) return;
				const now = ++asked;
				const answer = await fetch("/api/v1/actors?limit=8&begins=" + encodeURIComponent(begins));
				if (!answer.ok || now !== asked) return;
				const all = (await answer.json()).items;
				field.list.replaceChildren(...all.map((/** @type {any} */ a) => {
					const o = document.createElement("option");
					o.value = a.id;
					o.label = [a.name, a.title, a.country].filter(Boolean).join(", ");
					return o;
				}));
			}, 150);
		});
	}
}

/** The page of what is new is told of each article that comes in. */
function listen() {
	const note = document.getElementById("fresh"), text = document.getElementById("fresh-text"), show = document.getElementById("fresh-show");
	if (!note || !text || !show) return;
	let fresh = 0;
	const renew = async () => {
		const news = document.getElementById("news");
		if (!news) return location.reload(); // the desk was empty
		const answer = await fetch("/?part=news" + (location.search.includes("all") ? "&all" : ""));
		if (!answer.ok) return;
		const inside = new DOMParser().parseFromString(await answer.text(), "text/html").body;
		news.replaceChildren(...inside.childNodes);
		text.textContent = fresh === 1 ? "1 article came in and is shown." : fresh + " articles came in and are shown.";
		show.hidden = true;
	};
	show.addEventListener("click", renew);
	let timer = 0;
	const source = new EventSource("/api/v1/stream");
	source.addEventListener("article", () => {
		fresh++;
		note.hidden = false;
		text.textContent = fresh === 1 ? "1 new article." : fresh + " new articles.";
		show.hidden = false;
		// Whoever reads is not disturbed; else it is shown at once.
		clearTimeout(timer);
		timer = setTimeout(() => {
			const news = document.getElementById("news");
			if (scrollY < 80 && !news?.contains(document.activeElement)) renew();
		}, 700);
	});
	// Whoever leaves is told no more: to load the page anew would break off what was sent.
	for (const leaving of ["beforeunload", "pagehide"]) addEventListener(leaving, () => {
		source.close();
		clearTimeout(timer);
	});
}
