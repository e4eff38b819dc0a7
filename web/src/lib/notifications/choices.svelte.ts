import type { Reason } from '@taskflow/shared/dto/notification.ts'
import type { Channel, Preferences } from '@taskflow/shared/dto/preferences.ts'
import type { Request } from '@taskflow/shared/sync/write.ts'
import type { Live } from '#lib/live/live.svelte.ts'

type Edit = Partial<Pick<Preferences, 'quietHours' | 'digest' | 'mailDelayMinutes'>>

/** What one wants to be told and how: shown as chosen at once, and as before if it is refused. */
export class Choices {
  #engine: Live
  #loaded: () => Preferences | null
  #edits = $state.raw<((known: Preferences) => Preferences)[]>([])

  constructor(engine: Live, loaded: () => Preferences | null) {
    this.#engine = engine
    this.#loaded = loaded
  }

  current: Preferences | null = $derived.by(() => {
    const loaded = this.#loaded()
    return loaded && this.#edits.reduce((known, edit) => edit(known), loaded)
  })

  setChannel(reason: Reason, channel: Channel, isOn: boolean) {
    const body = { matrix: { [reason]: { [channel]: isOn } } }
    return this.#write({ method: 'PUT', path: '/api/me/preferences', body }, (known) => ({
      ...known,
      matrix: { ...known.matrix, [reason]: { ...known.matrix[reason], [channel]: isOn } },
    }))
  }

  set(edit: Edit) {
    return this.#write({ method: 'PUT', path: '/api/me/preferences', body: edit }, (known) => ({ ...known, ...edit }))
  }

  mute(kind: 'workspace' | 'board', id: string, isMuted: boolean) {
    const field = `${kind}Ids` as const
    const path = `/api/${kind}s/${id}/muted`
    return this.#write({ method: isMuted ? 'PUT' : 'DELETE', path }, (known) => {
      const others = known.muted[field].filter((one) => one !== id)
      return { ...known, muted: { ...known.muted, [field]: isMuted ? [...others, id] : others } }
    })
  }

  async #write(request: Request, edit: (known: Preferences) => Preferences) {
    this.#edits = [...this.#edits, edit]
    const { kind } = await this.#engine.user.write(request)
    if (kind === 'refused') this.#edits = this.#edits.filter((one) => one !== edit)
  }
}
