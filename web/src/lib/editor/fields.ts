// Where texts are typed: the names under which they are kept until they are sent.

export const newCardField = (columnId: string) => `${columnId}:new-card`
export const newColumnField = (boardId: string) => `${boardId}:new-column`
export const titleField = (taskId: string) => `${taskId}:title`
export const newPartField = (taskId: string, part: 'step' | 'criterion' | 'subtask') => `${taskId}:new-${part}`
export const itemField = (taskId: string, itemId: string) => `${taskId}:item:${itemId}`
export const commentField = (taskId: string) => `${taskId}:comment`
export const commentEditField = (taskId: string, commentId: string) => `${taskId}:comment:${commentId}`
