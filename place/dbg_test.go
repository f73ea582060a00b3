package place
import "testing"
func TestDbg(t *testing.T){
	for _, s := range []string{
	"The [Taliban|o] spoke of [Tajikistan|l]. A minister visited [Takhar|l]. Noori visited [the port of [Ay Khanum|l]|N] in [Dasht-e-Qala-e-Takhar|l] district and left.",
	"Noori visited the port of [Ay Khanum|f] in [Dasht-e-Qala-e-Takhar district|l] and left.",
	"[Tajikistan|l] spoke. Noori visited the [port of Ay Khanum|f] in [Dasht-e-Qala-e|l]-[Takhar|l] district and left.",
	"Noori visited the port of [Ay Khanum|p] in [Dasht-e-Qala|l]-e-[Takhar|l] district and left.",
	"Trade is going through [Sher Khan Bandar|x] and we have no problems.",
	"Trade is going through [Sher Khan Bandar|o] and we have no problems.",
	"Security officials have visited [Kabul|l].",
	"Bombs hit [Torkham border crossing|f] and [Bagram|l], near [Kabul|l].",
	"The [Khost|l]-[Gardez|l] road. Fighting in [Spera|l] district of [Khost|l], [Panjwai|l] in [Kandahar|l] and [Maidan Wardak|l].",
	"In [Quetta|l], the capital of [Pakistan|l]'s southwestern [Balochistan|l] province, [Chaman|l] was shut. [Spin Boldak|l] too.",
	"The [Gaza Strip|l], [Khan Younis|l], [Rafah|l] and the [Rafah crossing|f]. [Israel|l] said.",
	"[Ukraine|l] hit [Sevastopol|l] in [Crimea|l] and [Donetsk|l], [Kherson|l]. [Zaporizhzhia|l] nuclear plant.",
	"Talks between [Washington|l] and [Tehran|l] in [Muscat|l], [Oman|l]. [U.S.|l] officials in the [United States|l] said.",
	"[Congo|l] and [Goma|l], [North Kivu|l]. [Kinshasa|l]",
	"Clashes in [Latakia|l], [Tartus|l] and [Homs|l]; the [Khmeimim Air Base|f] in [Syria|l].",
	"[Georgia|l] and [Armenia|l] signed. [Tbilisi|l].",
	"He went to the [Wakhan district|l] of [Badakhshan|l] and [Kunar River|l], [Lake Victoria|l], [Mount Everest|l], [Camp Bastion|f], [Hamid Karzai International Airport|f].",
	"Soldiers of [Punjab|l], [Pakistan|l]. In [Punjab|l]. [Lahore|l].", "Officials in [Punjab|l] and [Haryana|l]. [Amritsar|l]",
	"[Hyderabad|l], [Sindh|l]. [Tripoli|l], [Lebanon|l]. Ships left [Tripoli|l].",
	"The attack in [Mir Ali|l], [North Waziristan|l]. [Dera Ismail Khan|l]. [Peshawar|l]. [Bannu|l] in [Khyber Pakhtunkhwa|l]. [South Waziristan|l] [Kurram|l] [Parachinar|l]",
	"[Khujand|l] [Batken|l] [Isfara|l] [Sughd|l] [Khorog|l] [Osh|l] [Bishkek|l] [Dushanbe|l] [Samarkand|l] [Nukus|l] [Aktau|l] [Shymkent|l] [Mary|l] [Balkh|l] [Mazar-e-Sharif|l] [Mazar-i-Sharif|l] [Pul-e-Khumri|l] [Jalalabad|l] [Herat|l]",
	} {
		d := write(s)
		t.Log(s,"\n      ", tell(d, embedded.Resolve(d)))
	}
}
