import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview'
import type { Attachment } from 'svelte/attachments'
import { scrollAtEdges } from './autoscroll.ts'
import type { LiveBoard } from './board.svelte.ts'
import { drawInHand } from './in-hand.ts'
import { placeAt } from './placing.ts'

/** Fingers have their own way: a browser's native drag starts with a menu on some phones, and not at all on others. */
let isTouch = false
const watchPointer = (event: PointerEvent) => (isTouch = event.pointerType === 'touch')

export const dragCard =
  (board: LiveBoard, id: string): Attachment<HTMLElement> =>
  (element) =>
    draggable({
      element,
      getInitialData: () => ({ board, id }),
      canDrag: () => !isTouch && board.lift === null && board.can('task:write'),
      onGenerateDragPreview({ nativeSetDragImage, location }) {
        const box = element.getBoundingClientRect()
        const { clientX, clientY } = location.initial.input
        setCustomNativeDragPreview({
          nativeSetDragImage,
          getOffset: ({ container }) => ({
            x: clientX - box.left + (container.offsetWidth - box.width) / 2,
            y: clientY - box.top + (container.offsetHeight - box.height) / 2,
          }),
          render: ({ container }) => drawInHand(element, container),
        })
      },
    })

export const dropInColumn =
  (board: LiveBoard, columnId: string): Attachment<HTMLElement> =>
  (element) =>
    dropTargetForElements({
      element,
      getData: () => ({ columnId }),
      canDrop: ({ source }) => source.data.board === board,
    })

/** For the element that holds all columns. */
export const holdDrags =
  (board: LiveBoard): Attachment<HTMLElement> =>
  (root) => {
    let scrolling: ReturnType<typeof scrollAtEdges> | undefined
    const stop = monitorForElements({
      canMonitor: ({ source }) => source.data.board === board,
      onDragStart({ source }) {
        const id = source.data.id as string
        const card = board.card(id)
        if (!card) return
        const cards = board.shownIn(card.columnId)
        const before = cards[cards.findIndex((one) => one.id === id) + 1]?.id ?? null
        board.lift = { id, columnId: card.columnId, before, by: 'mouse' }
        scrolling = scrollAtEdges(root)
      },
      onDrag({ location }) {
        const [target] = location.current.dropTargets
        const { clientX, clientY } = location.current.input
        scrolling?.at(clientX, clientY)
        if (target && board.lift) holdAt(board, target.element as HTMLElement, clientY)
      },
      onDrop({ location }) {
        scrolling?.stop()
        if (location.current.dropTargets.length) board.drop()
        else board.lift = null
      },
    })
    window.addEventListener('pointerdown', watchPointer, { capture: true })
    return () => {
      stop()
      scrolling?.stop()
      window.removeEventListener('pointerdown', watchPointer, { capture: true })
    }
  }

/** Changes nothing while the card stays where it is held. */
export function holdAt(board: LiveBoard, column: HTMLElement, clientY: number) {
  const { lift } = board
  const columnId = column.dataset.column
  if (!lift || !columnId) return
  const before = placeAt(column, clientY, lift.id, board.shownIn(columnId))
  if (lift.columnId !== columnId || lift.before !== before) board.lift = { ...lift, columnId, before }
}
