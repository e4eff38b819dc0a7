// Every name that crosses a process boundary is spelled here and nowhere else.

export type StreamKind = 'board' | 'workspace' | 'user'

const PREFIX = { board: 'b', workspace: 'w', user: 'u' } as const
const KIND = { b: 'board', w: 'workspace', u: 'user' } as const

export const boardStream = (boardId: string) => `b:${boardId}`
export const workspaceStream = (workspaceId: string) => `w:${workspaceId}`
export const userStream = (userId: string) => `u:${userId}`

const STREAM_ID = /^([bwu]):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

export function parseStream(id: string): { kind: StreamKind; id: string } | null {
  const match = STREAM_ID.exec(id)
  if (!match) return null
  return { kind: KIND[match[1] as keyof typeof KIND], id: match[2]! }
}

export const streamOf = (kind: StreamKind, id: string) => `${PREFIX[kind]}:${id}`

/** Redis pub/sub channels. */
export const CHANNEL_OF_ALL_STREAMS = 'stream:*'
export const CHANNEL_OF_SESSIONS = 'sessions'
export const CHANNEL_OF_PRESENCE = 'presence'
/** Names a workspace whose webhooks have changed. */
export const CHANNEL_OF_WEBHOOKS = 'webhooks'
/** Says what kind of work has just been left for the workers. */
export const CHANNEL_OF_WORK = 'work'
export const channelOfStream = (streamId: string) => `stream:${streamId}`
export const streamOfChannel = (channel: string) => channel.slice('stream:'.length)
export const channelOfProbe = (node: string) => `probe:${node}`

/** JWT audiences. */
export const AUDIENCE_API = 'taskflow'
export const AUDIENCE_STREAM = 'stream'
export const AUDIENCE_INTERNAL = 'internal'

export const SOCKET_PATH = '/ws'
