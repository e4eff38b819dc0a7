import type { hues as en } from '../en/hues.ts'

export const hues: typeof en = {
  red: 'Rot',
  orange: 'Orange',
  amber: 'Bernstein',
  lime: 'Limette',
  green: 'Grün',
  teal: 'Petrol',
  cyan: 'Cyan',
  blue: 'Blau',
  indigo: 'Indigo',
  violet: 'Violett',
  pink: 'Rosa',
  grey: 'Grau',
}
