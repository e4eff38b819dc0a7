import { createRoute, z } from '@hono/zod-openapi'
import { Board, BoardMember, BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { body, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { pageQuery } from '../http/paging.ts'
import { BoardMemberBody, BoardTemplate, DuplicateBody, EditBoardBody, NewBoardBody } from './boards.schemas.ts'

const tags = ['Boards']
const memberParam = idParam.extend({ userId: Id })
const answers = { 200: json(Board, 'The board.'), ...refused }
const lastEditor = { 409: problem('`boards.last_editor`: nobody could edit this private board any more.') }

export const routes = {
  create: createRoute({
    method: 'post',
    path: '/api/workspaces/{id}/boards',
    tags,
    summary: 'Create a board, with three columns, those of a template, or your own',
    request: { params: idParam, body: body(NewBoardBody) },
    responses: {
      201: json(Board, 'The board.'),
      ...refused,
      409: problem('`boards.key_taken`, `boards.id_taken`: another board has this key or id.'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/boards',
    tags,
    summary: 'The boards of a workspace that you may see',
    request: { params: idParam, query: pageQuery(Id).extend({ archived: z.stringbool().default(false) }) },
    responses: { 200: json(pageOf(Board), 'A page of boards, in the order of their making.'), ...notFound },
  }),
  templates: createRoute({
    method: 'get',
    path: '/api/board-templates',
    tags,
    summary: 'What a new board can start from',
    responses: { 200: json(z.object({ items: z.array(BoardTemplate) }), 'The templates.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/api/boards/{id}',
    tags,
    summary: 'The whole board, with its position',
    request: { params: idParam },
    responses: {
      200: json(BoardSnapshot, 'The snapshot.'),
      304: { description: 'Nothing changed since the position in If-None-Match.' },
      ...notFound,
    },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/boards/{id}',
    tags,
    summary: 'Rename a board, describe it, or change who sees it',
    description:
      'Making a board private takes it at once from everybody but you and those who were named on it. Opening it ' +
      'shows it to all members of the workspace, but not to guests. `version` (or `If-Match`) says on which version ' +
      'a description was written.',
    request: { params: idParam, body: body(EditBoardBody) },
    responses: {
      ...answers,
      409: problem('`boards.conflict`: the board was changed in the meantime; `current` has the description.'),
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/boards/{id}',
    tags,
    summary: 'Remove a board with everything on it, for good',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  archive: createRoute({
    method: 'put',
    path: '/api/boards/{id}/archived',
    tags,
    summary: 'Archive a board: it can be read, and not changed',
    request: { params: idParam },
    responses: answers,
  }),
  restore: createRoute({
    method: 'delete',
    path: '/api/boards/{id}/archived',
    tags,
    summary: 'Bring a board back from the archive',
    request: { params: idParam },
    responses: answers,
  }),
  duplicate: createRoute({
    method: 'post',
    path: '/api/boards/{id}/duplicate',
    tags,
    summary: 'Make another board with the same columns, and on request the same tasks',
    request: { params: idParam, body: body(DuplicateBody) },
    responses: { 201: json(Board, 'The new board.'), ...refused },
  }),
  members: createRoute({
    method: 'get',
    path: '/api/boards/{id}/members',
    tags,
    summary: 'Everybody who sees the board',
    request: { params: idParam, query: pageQuery(Id) },
    responses: { 200: json(pageOf(BoardMember), 'A page of people.'), ...notFound },
  }),
  admit: createRoute({
    method: 'put',
    path: '/api/boards/{id}/members/{userId}',
    tags,
    summary: 'Let somebody onto the board, or change what they may do there',
    request: {
      params: memberParam,
      body: { required: false, content: { 'application/json': { schema: BoardMemberBody } } },
    },
    responses: { 200: json(BoardMember, 'The person.'), ...refused, ...lastEditor },
  }),
  dismiss: createRoute({
    method: 'delete',
    path: '/api/boards/{id}/members/{userId}',
    tags,
    summary: 'Take somebody off the board, or leave it',
    request: { params: memberParam },
    responses: { 204: { description: 'Done.' }, ...refused, ...lastEditor },
  }),
}
