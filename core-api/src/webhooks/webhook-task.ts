import type { Config } from '../config.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'

/** What a message about a task says of it, whatever has changed. */
export const aboutTask = ({ publicUrl }: Config, { id, boardKey, number, title, boardId }: TaskRow) => ({
  id,
  key: `${boardKey}-${number}`,
  title,
  url: `${publicUrl}/boards/${boardId}/tasks/${id}`,
})
