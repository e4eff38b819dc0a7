import type { Action } from '#lib/keys/keys.svelte.ts'
import type { TaskWords } from '#lib/messages/task-words.ts'
import type { Choice } from './choice.ts'
import type { OpenTask } from './open-task.svelte.ts'

interface Ways {
  choose(choice: Choice): void
  describe(): void
  comment(): void
  copyLink(): void
  isBeside?: ((at: Element) => boolean) | undefined
}

/** What can be done to the open task: by its keys, in the palette, on the sheet of keys. */
export function taskActions(open: OpenTask, words: TaskWords, ways: Ways): Action[] {
  const { section, ...names } = words.keys
  const isOff = () => !open.canWrite || !open.task
  const choose = (id: Choice, name: string, key?: string): Action => ({
    ...{ id: `task.${id}`, name, section, ...(key && { keys: [key] }), reach: 'dialog', isOff },
    run: () => ways.choose(id),
  })
  const me = open.board.me.id
  return [
    {
      ...{ id: 'task.describe', name: names.editDescription, section, keys: ['e'], reach: 'dialog' },
      // To a row of the list beside it, this key does something else.
      isOff: (at) => isOff() || (at !== undefined && ways.isBeside?.(at) === true),
      run: () => ways.describe(),
    },
    {
      ...{ id: 'task.title', name: names.editTitle, section, keys: ['t'], reach: 'dialog', isOff },
      run: () => document.getElementById('task-title')?.focus(),
    },
    choose('assignees', names.assign, 'a'),
    choose('labels', names.label, 'l'),
    choose('due', names.due, 'd'),
    choose('start', names.start),
    choose('priority', names.priority, 'p'),
    choose('column', names.move, 'm'),
    {
      ...choose('recurrence', words.recurrence.start),
      isOff: () => isOff() || (open.face?.closedAt != null && open.face.recurrence !== null),
    },
    { ...choose('reminders', words.reminders.name), isOff: () => open.isRemoved || !open.task },
    {
      ...{ id: 'task.done', name: names.done, section, keys: ['f'], reach: 'dialog' },
      isOff: (at) => isOff() || (at !== undefined && ways.isBeside?.(at) === true),
      run: () => open.board.acts.close([open.id], !open.face?.closedAt),
    },
    {
      ...{ id: 'task.comment', name: names.comment, section, keys: ['r'], reach: 'dialog' },
      isOff: () => open.isRemoved || !open.board.can('comment:write'),
      run: () => ways.comment(),
    },
    {
      ...{ id: 'task.watch', name: names.watch, section, keys: ['w'], reach: 'dialog' },
      isOff: () => open.isRemoved || !open.task,
      run: () => open.watch(me, !open.task?.watcherIds.includes(me)),
    },
    { id: 'task.copy', name: names.copy, section, isOff: () => !open.face, run: () => ways.copyLink() },
    { id: 'task.archive', name: words.archive, section, isOff, run: () => open.leave('archive') },
    { id: 'task.remove', name: words.remove, section, isOff, run: () => open.leave('remove') },
  ]
}
