const ONE_EMOJI = /^\p{RGI_Emoji}$/v
const AS_EMOJI = '\uFE0F'

/** One emoji as people see it, with all that belongs to it; a sign that can be text, like ❤, becomes its emoji form. */
export function toEmoji(text: string): string | null {
  return [text, text + AS_EMOJI].find((one) => ONE_EMOJI.test(one)) ?? null
}
