import { z } from 'zod'
import { TaskCard } from './task.ts'
import { Id, UserRef } from './user.ts'

export const HUES = [
  'red',
  'orange',
  'amber',
  'lime',
  'green',
  'teal',
  'cyan',
  'blue',
  'indigo',
  'violet',
  'pink',
  'grey',
] as const
export const Hue = z.enum(HUES)
export type Hue = z.infer<typeof Hue>

export const Visibility = z.enum(['workspace', 'private'])
export type Visibility = z.infer<typeof Visibility>

export const BoardRole = z.enum(['viewer', 'commenter', 'editor'])
export type BoardRole = z.infer<typeof BoardRole>

export const Board = z.object({
  id: Id,
  workspaceId: Id,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  visibility: Visibility,
  archivedAt: z.string().nullable(),
  createdBy: Id.nullable(),
  createdAt: z.string(),
  version: z.int(),
})
export type Board = z.infer<typeof Board>

export const Column = z.object({
  id: Id,
  boardId: Id,
  name: z.string(),
  position: z.string(),
  color: Hue.nullable(),
  wipLimit: z.int().nullable(),
  wipMode: z.enum(['soft', 'hard']),
  done: z.boolean(),
  version: z.int(),
})
export type Column = z.infer<typeof Column>

export const Label = z.object({ id: Id, name: z.string(), color: Hue, version: z.int() })
export type Label = z.infer<typeof Label>

/** Somebody who sees the board. `boardRole` is null for those who see it as members of the workspace. */
export const BoardMember = UserRef.extend({ role: z.string(), boardRole: BoardRole.nullable() })
export type BoardMember = z.infer<typeof BoardMember>

export const StreamPosition = z.object({ id: z.string(), epoch: z.string(), seq: z.int(), ticket: z.string() })
export type StreamPosition = z.infer<typeof StreamPosition>

/** The part of a snapshot that facts change; equal positions mean equal states. */
export const BoardState = z.object({
  board: Board,
  columns: z.array(Column),
  tasks: z.array(TaskCard),
  labels: z.array(Label),
  members: z.array(BoardMember),
})
export type BoardState = z.infer<typeof BoardState>

export const BoardSnapshot = BoardState.extend({ stream: StreamPosition })
export type BoardSnapshot = z.infer<typeof BoardSnapshot>
