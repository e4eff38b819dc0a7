// What a transaction may see is set at its beginning by enter_tenant(); with nothing set there are no rows.
// Read once per statement: what stands outside of the inner select would be done anew for every row.
export const WORKSPACES = `((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[])`
export const USER = `(select nullif(current_setting('app.user_id', true), '')::uuid)`

/** Row-level security for a table with a workspace_id, also for its owner; only the owner itself sees all. */
export const isolate = (table: string, visible = `workspace_id = any(${WORKSPACES})`) => `
  alter table ${table} enable row level security, force row level security;
  create policy tenant on ${table} using (${visible}) with check (${visible});
  create policy owner on ${table} to current_user using (true) with check (true)`

/** The same, as the entities of tenant tables declare it. */
export const tenantPolicies = (visible = `workspace_id = any(${WORKSPACES})`) => ({
  rowLevelSecurity: 'force' as const,
  policies: [{ name: 'tenant', using: visible, check: visible }],
})
