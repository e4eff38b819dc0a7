import { PERMISSIONS } from '@taskflow/shared/dto/workspace.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { PERMISSION_GROUPS, rolesToGive } from './roles.ts'

const test = suite('roles to choose from')

const names = { owner: 'Owner', admin: 'Admin', member: 'Member', guest: 'Guest' }
const planner = { key: 'planner', name: 'Planner', permissions: ['board:create', 'task:*'], version: 1 }
const keysFor = (permissions: string[], current?: string) =>
  rolesToGive({ permissions, ...(current && { current }) }, [planner], names).map(([key]) => key)

test('an owner gives every role, also those of the workspace’s own making', () => {
  assert.deepEqual(keysFor(['*']), ['owner', 'admin', 'member', 'guest', 'planner'])
})

test('nobody is offered a role above their own, but what somebody has stays in the list', () => {
  assert.deepEqual(keysFor(['member:*', 'board:create', 'task:*']), ['guest', 'planner'])
  assert.deepEqual(keysFor(['member:*', 'board:create', 'task:*'], 'owner'), ['owner', 'guest', 'planner'])
})

test('the matrix shows every permission that a role can have, once', () => {
  assert.deepEqual(PERMISSION_GROUPS.flatMap(([, all]) => all).toSorted(), [...PERMISSIONS].toSorted())
})

test.run()
