import type { MigrationObject } from '@mikro-orm/core'
import { Identity } from './20261120-01-identity.ts'

export const migrations: MigrationObject[] = [{ name: '20261120-01-identity', class: Identity }]
