import type { BoardAct } from '@taskflow/shared/board/open-board.ts'
import type { Board, BoardMember, BoardState, Column, Label } from '@taskflow/shared/dto/board.ts'
import type { Priority, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import type { Present } from '@taskflow/shared/socket/down.ts'
import type { LiveView } from '#lib/live/live-view.svelte.ts'

interface Acts {
  move(ids: string[], place: { columnId: string; before?: string | null }): void
  edit(
    ids: string[],
    changes: Partial<
      { title: string; priority: Priority; start: When | null; due: When | null } & Pick<
        TaskCard,
        'assigneeIds' | 'labelIds'
      >
    >,
    scope?: 'this' | 'following',
  ): void
  assign(ids: string[], userId: string, on: boolean): void
  label(ids: string[], labelId: string, on: boolean): void
  close(ids: string[], on: boolean): void
  archive(ids: string[]): void
  remove(ids: string[]): void
}

/** What an open task needs of the board under it. */
export interface BoardOfTask {
  readonly id: string
  readonly me: { id: string; name: string }
  readonly live: LiveView<BoardState, BoardAct>
  readonly board: Board | undefined
  readonly columns: Column[]
  readonly members: Map<string, BoardMember>
  readonly labels: Map<string, Label>
  readonly isGone: boolean
  readonly acts: Acts
  can(permission: string): boolean
  whyNot(permission: string, words: { archived: string; looking: string }): string | undefined
  card(id: string): TaskCard | undefined
  column(id: string): Column | undefined
  cardsIn(columnId: string): { all: TaskCard[] }
  lookersAt(taskId: string): Present[]
  keyOf(card: TaskCard): string
  taskHref(taskId: string): string
  openTask(taskId: string): void
  closeTask(): void
}
