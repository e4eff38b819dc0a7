import type { Drafts } from '#lib/editor/drafts.ts'
import {
  type Author,
  begin,
  hear,
  isChanged,
  keepMine,
  mergeBoth,
  takeTheirs,
  type TextEdit,
} from '#lib/editor/text-edit.ts'
import { Description } from './description.svelte.ts'
import type { OpenTask } from './open-task.svelte.ts'

/** A description in somebody's hands: from the first letter, or from a draft, until the server has it. */
export class Describing {
  edit = $state.raw<TextEdit | null>(null)
  /** When the draft was left that is gone on with. */
  draftedAt = $state<string | null>(null)
  isMerged = $state(false)
  isDirty = $derived.by(() => this.edit !== null && isChanged(this.edit))
  readonly description: Description
  readonly field: string
  #open: OpenTask
  #kept: Drafts
  #isSaving = false

  constructor(open: OpenTask, kept: Drafts) {
    this.#open = open
    this.#kept = kept
    this.description = new Description(open)
    this.field = `${open.id}:description`
  }

  get #by(): Author | null {
    return this.#open.authorOf(this.#open.describedBy?.actor)
  }

  start() {
    this.edit ??= begin({ ...this.description.current, text: this.description.text })
  }

  /** A draft that was left here opens by itself, unless it is what the server has, or on its way there. */
  resume() {
    const { edit, description, field } = this
    const draft = this.#kept.get(field)
    if (!draft || edit || this.#isSaving || !this.#open.base) return
    if (draft.text === description.current.text) return this.#kept.drop(field)
    if (draft.text === description.text || !this.#open.canWrite) return
    this.draftedAt = new Date(draft.at).toISOString()
    this.edit = begin(description.current, draft, this.#by)
  }

  /** The draft that was found meanwhile, or put back. */
  takeBack() {
    this.edit = null
    this.resume()
  }

  hear() {
    if (this.edit) this.edit = hear(this.edit, this.description.current, this.#by)
  }

  type(mine: string) {
    if (this.edit) this.edit = { ...this.edit, mine }
  }

  keepDraft() {
    if (!this.edit) return
    if (this.isDirty) this.#keep(this.edit)
    else this.#kept.drop(this.field)
  }

  /** Answers whether the server took it; if not, it is in the hands again, beside what was quicker. */
  async save(): Promise<boolean> {
    const { edit } = this
    if (!edit || edit.theirs) return true
    this.#end()
    const { mine, base } = edit
    if (mine === base.text) {
      this.#kept.drop(this.field)
      return true
    }
    this.#keep(edit)
    this.#isSaving = true
    const saved = await this.description.save(mine, base)
    this.#isSaving = false
    if (saved.kind === 'done') {
      this.#kept.drop(this.field)
      return true
    }
    this.#keep(edit)
    this.#kept.flush()
    this.edit = saved.kind === 'conflict' ? { base, mine, theirs: { ...saved.current, by: this.#by } } : edit
    return false
  }

  discard() {
    this.#kept.drop(this.field)
    this.#end()
  }

  keepMine(): Promise<boolean> {
    this.edit = this.edit && keepMine(this.edit)
    return this.save()
  }

  takeTheirs() {
    this.edit = this.edit && takeTheirs(this.edit)
    this.discard()
  }

  merge() {
    this.edit = this.edit && mergeBoth(this.edit)
    this.isMerged = true
  }

  #keep({ mine, base }: TextEdit) {
    this.#kept.put(this.field, { text: mine, base, at: Date.now() })
  }

  #end() {
    this.edit = null
    this.draftedAt = null
    this.isMerged = false
  }
}
