type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export function pluralsOf(locale: string) {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (count: number, forms: Forms) =>
    (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count))
}
