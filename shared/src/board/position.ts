import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * An order key between two neighbours; null stands for the end of the list. With `noise` two people who put a card
 * into the same gap at the same moment get different keys. Neighbours with equal keys give the place right after them.
 */
export function positionBetween(before: string | null, after: string | null, noise = ''): string {
  const upper = after !== null && before !== null && after <= before ? null : after
  const key = generateKeyBetween(before, upper)
  const noisy = key + noise
  return upper === null || noisy < upper ? noisy : key
}

/** Keys for several things in a row, in the same gap. */
export const positionsBetween = (before: string | null, after: string | null, count: number): string[] =>
  generateNKeysBetween(before, after, count)

/** Three digits, the last not zero: a key must not end in the smallest digit. */
export function noise(random: () => number = Math.random): string {
  const digit = (least: number) => DIGITS[least + Math.floor(random() * (DIGITS.length - least))]!
  return digit(0) + digit(0) + digit(1)
}

/** The order of cards and columns everywhere: by key, then by id. */
export const byPosition = (a: { position: string; id: string }, b: { position: string; id: string }): number =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
