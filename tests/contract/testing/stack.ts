import { databaseForTest, redisForTest, TEST_APP_SECRET } from '@taskflow/tools/stores.ts'
import { createSigningKey } from '../../../core-api/src/identity/signing-key.ts'
import { startStack } from '../../stack/stack.ts'

export type Opened = Awaited<ReturnType<typeof openStack>>

/** The whole stack on stores of its own; all that a test gets of it is the address that people type. */
export async function openStack() {
  const [database, redis] = await Promise.all([databaseForTest(), redisForTest()])
  const closeStores = () => Promise.all([database.close(), redis.close()])
  try {
    const stack = await startStack({ databaseUrl: database.url, redisUrl: redis.url, appSecret: TEST_APP_SECRET })
    return {
      url: stack.url,
      /** Signs as the API does: the only way to hold a token that has expired without waiting for it. */
      sign: createSigningKey({ appSecret: TEST_APP_SECRET, appSecretPrevious: undefined }).sign,
      async close() {
        await stack.close()
        await closeStores()
      },
    }
  } catch (error) {
    await closeStores()
    throw error
  }
}
