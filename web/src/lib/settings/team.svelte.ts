import type { WorkspaceSnapshot, WorkspaceState } from '@taskflow/shared/dto/workspace.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import type { NewWrite } from '@taskflow/shared/sync/view.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { createContext } from 'svelte'
import { allows } from '#lib/allows.ts'
import type { Live } from '#lib/live/live.svelte.ts'
import type { Me } from '#lib/session.ts'

type Act = (state: WorkspaceState) => WorkspaceState
interface Given {
  snapshot: WorkspaceSnapshot | null
  mine: Me['workspaces'][number]
}

/** The fact comes with the answer or just after it; until then the act stays on the screen. */
const LINGERS_MS = 1_500

/** The workspace whose settings are open: as it was loaded, then as the frame hears it, with one's own acts over it. */
export class Team {
  #engine: Live
  #given: () => Given
  #acts = $state.raw<Act[]>([])

  constructor(engine: Live, given: () => Given) {
    this.#engine = engine
    this.#given = given
  }

  get mine() {
    const { mine } = this.#given()
    const role = this.state?.members.find(({ id }) => id === this.#engine.me.id)?.role
    return { ...mine, name: this.state?.workspace.name ?? mine.name, role: role ?? mine.role }
  }

  state: WorkspaceState | null = $derived.by(() => {
    const { snapshot, mine } = this.#given()
    const current = this.#engine.workspace.state
    const base = current?.workspace.id === mine.id ? current : snapshot
    return base && this.#acts.reduce((state, act) => act(state), base as WorkspaceState)
  })

  may = (permission: string) => allows(this.mine.permissions, permission)

  async write(write: NewWrite, act?: Act): Promise<Outcome> {
    if (act) this.#acts = [...this.#acts, act]
    const outcome = await this.#engine.write({ ...write, alsoStreams: [workspaceStream(this.mine.id)] })
    const drop = () => (this.#acts = this.#acts.filter((one) => one !== act))
    if (outcome.kind === 'refused') drop()
    else if (act) setTimeout(drop, LINGERS_MS)
    return outcome
  }
}

const [team, provideTeam] = createContext<Team>()
export { provideTeam, team }
