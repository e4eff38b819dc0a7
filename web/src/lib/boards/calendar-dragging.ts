import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { Attachment } from 'svelte/attachments'
import { inZone } from '#lib/time/when.ts'
import type { LiveBoard } from './board.svelte.ts'

export const dragToDay =
  (board: LiveBoard, id: string): Attachment<HTMLElement> =>
  (element) =>
    draggable({ element, getInitialData: () => ({ board, dayOf: id }), canDrag: () => board.can('task:write') })

interface Day {
  day: string
  /** Where the person is whose calendar this is. */
  zone: string | undefined
}

/** The day changes; a time of day stays. */
export const dropOnDay =
  (board: LiveBoard, where: () => Day, over: (isOver: boolean) => void): Attachment<HTMLElement> =>
  (element) =>
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.board === board && 'dayOf' in source.data,
      onDragEnter: () => over(true),
      onDragLeave: () => over(false),
      onDrop({ source }) {
        over(false)
        const card = board.card(source.data.dayOf as string)
        const { day, zone: here } = where()
        if (!card?.due) return
        const { date, time, zone } = inZone(card.due, here)
        if (date !== day) board.acts.edit([card.id], { due: { date: day, time, zone, at: null } })
      },
    })
