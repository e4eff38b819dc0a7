import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { Attachment } from 'svelte/attachments'
import type { LiveBoard } from './board.svelte.ts'

export const dragToDay =
  (board: LiveBoard, id: string): Attachment<HTMLElement> =>
  (element) =>
    draggable({ element, getInitialData: () => ({ board, dayOf: id }), canDrag: () => board.can('task:write') })

/** The day changes; a time of day stays. */
export const dropOnDay =
  (board: LiveBoard, day: string, over: (isOver: boolean) => void): Attachment<HTMLElement> =>
  (element) =>
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.board === board && 'dayOf' in source.data,
      onDragEnter: () => over(true),
      onDragLeave: () => over(false),
      onDrop({ source }) {
        over(false)
        const card = board.card(source.data.dayOf as string)
        if (!card?.due || card.due.date === day) return
        const { time, zone } = card.due
        board.acts.edit([card.id], { due: { date: day, time, zone, at: null } })
      },
    })
