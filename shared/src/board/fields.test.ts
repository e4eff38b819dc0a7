import { assert, suite } from '@taskflow/tools/suite.ts'
import { Board, BoardMember } from '../dto/board.ts'
import { TaskCard } from '../dto/task.ts'
import { BOARD_FIELDS, CARD_FIELDS, MEMBER_FIELDS } from './fields.ts'

const test = suite('fields')

test('the plain lists name the fields of the schemas', () => {
  for (const [fields, schema] of [
    [CARD_FIELDS, TaskCard],
    [BOARD_FIELDS, Board],
    [MEMBER_FIELDS, BoardMember],
  ] as const) {
    assert.deepEqual(fields.toSorted(), Object.keys(schema.shape).toSorted())
  }
})

test.run()
