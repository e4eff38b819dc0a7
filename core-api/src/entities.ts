import type { EntitySchema } from '@mikro-orm/postgresql'

export const entities: EntitySchema[] = []
