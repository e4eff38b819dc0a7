import type { Field, Refusal } from './refusal.ts'

type Read = { values: Record<Field, string>; kept: Refusal['values']; refusal: Refusal | undefined }

const SECRET = new Set<Field>(['password', 'newPassword', 'code'])

/** Reads a form's fields and checks what needs no server; a password is never sent back in a page. */
export function readFields(form: FormData, fields: readonly Field[]): Read {
  const values = {} as Record<Field, string>
  const kept: Refusal['values'] = {}
  const faults: Refusal['faults'] = {}
  for (const field of fields) {
    const text = form.get(field)?.toString() ?? ''
    values[field] = SECRET.has(field) ? text : text.trim()
    if (!SECRET.has(field)) kept[field] = values[field]
    const fault = faultOf(field, values[field])
    if (fault) faults[field] = fault
  }
  return { values, kept, refusal: Object.keys(faults).length ? { values: kept, faults } : undefined }
}

function faultOf(field: Field, text: string): Refusal['faults'][Field] {
  if (!text.trim()) return 'required'
  if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'emailShape'
  if (field !== 'newPassword') return undefined
  const { length } = [...text]
  return length < 8 ? 'passwordShort' : length > 128 ? 'passwordLong' : undefined
}
