package mention

func (b *builder) relate() {}
func (b *builder) chain()  {}
