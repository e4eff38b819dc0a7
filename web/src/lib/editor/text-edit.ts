import { mergeTexts } from './merge-texts.ts'

export interface Version {
  text: string
  version: number
}

export interface Author {
  name: string
  /** In another tab, or on another device. */
  isMe: boolean
}

export interface Theirs extends Version {
  by: Author | null
}

/** A text in somebody's hands, while others may change it too: none of the two is ever thrown away unasked. */
export interface TextEdit {
  /** What it was written on. */
  base: Version
  mine: string
  /** What somebody else has made of it meanwhile, until it is decided between the two. */
  theirs: Theirs | null
}

export interface Draft {
  text: string
  base: Version
  at: number
}

export function begin(current: Version, draft?: Draft | null, by: Author | null = null): TextEdit {
  if (!draft || draft.text === current.text) return { base: current, mine: current.text, theirs: null }
  if (draft.base.text === current.text) return { base: current, mine: draft.text, theirs: null }
  return { base: draft.base, mine: draft.text, theirs: { ...current, by } }
}

/** Somebody's change arrives: followed if nothing was typed, else kept beside. */
export function hear(edit: TextEdit, current: Version, by: Author | null): TextEdit {
  const known = edit.theirs ?? edit.base
  if (current.version <= known.version) return edit
  if (current.text === edit.mine) return { base: current, mine: edit.mine, theirs: null }
  if (current.text === known.text)
    return edit.theirs ? { ...edit, theirs: { ...edit.theirs, ...current } } : { ...edit, base: current }
  if (edit.mine === edit.base.text) return { base: current, mine: current.text, theirs: null }
  return { ...edit, theirs: { ...current, by } }
}

export const isChanged = ({ mine, base, theirs }: TextEdit): boolean => theirs !== null || mine !== base.text

export const keepMine = (edit: TextEdit): TextEdit => ({ ...edit, base: edit.theirs ?? edit.base, theirs: null })

export const takeTheirs = ({ base, theirs }: TextEdit): TextEdit => {
  const taken = theirs ?? base
  return { base: taken, mine: taken.text, theirs: null }
}

export const mergeBoth = (edit: TextEdit): TextEdit => {
  if (!edit.theirs) return edit
  const { text } = mergeTexts(edit.base.text, edit.mine, edit.theirs.text)
  return { base: edit.theirs, mine: text, theirs: null }
}
