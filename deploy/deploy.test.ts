import { assert, suite } from '@taskflow/tools/suite.ts'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig as readCoreConfig } from '../core-api/src/config.ts'
import { gatewayConfig } from '../gateway/config.ts'
import { nginxArguments, renderNginxConf } from '../gateway/render.ts'
import { readConfig as readRealtimeConfig } from '../realtime/src/config.ts'
import { isThere, loadedBy, readStages, readText, readYaml } from './reading.ts'

const test = suite('images and compose')
const stages = readStages('deploy/Dockerfile')
const compose = readYaml('docker-compose.yml')
const IMAGES = ['core-api', 'realtime', 'web', 'gateway']
const OURS = [...IMAGES, 'worker']

const filledIn: Record<string, string> = Object.fromEntries(
  [...readText('.env.example').matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
    name!,
    /SECRET|PASSWORD/.test(name!) ? randomBytes(36).toString('hex') : value!,
  ]),
)
const leftOut = [...readText('.env.example').matchAll(/^#([A-Z0-9_]+)=/gm)].map(([, name]) => name!)

/** What compose would hand to a service, on top of what its image sets. */
function environmentOf(service: string): Record<string, string> {
  const given = Object.entries(compose.services[service].environment as Record<string, unknown>)
  const image = stages.get(service === 'worker' ? 'core-api' : service)
  const interpolated = given.map(([name, value]) => [
    name,
    String(value).replaceAll(/\$\{([A-Z0-9_]+)(?::[-?]([^}]*))?\}/g, (_, from, other) => filledIn[from] || other || ''),
  ])
  return { ...image?.env, ...Object.fromEntries(interpolated) }
}

test('every COPY takes something that is there and that .dockerignore lets through', () => {
  const allowed = [...readText('deploy/Dockerfile.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path!)
  for (const { name, copies } of stages.values()) {
    for (const { from, sources } of copies) {
      if (from) assert.ok(stages.has(from), `${name} copies from ${from}`)
      else
        for (const source of sources) {
          assert.ok(isThere(source), `${name} copies ${source}`)
          assert.ok(
            allowed.some((path) => source === path || source.startsWith(path + '/')),
            `${source} is ignored`,
          )
        }
    }
  }
})

test('every package of the workspace is known to the image that installs', () => {
  const folders = readYaml('pnpm-workspace.yaml').packages as string[]
  const copied = stages.get('manifests')!.copies.flatMap(({ sources }) => sources)
  for (const folder of folders) assert.ok(copied.includes(`${folder}/package.json`), folder)
})

test('every start command runs a file that its image holds, with all that it loads', () => {
  for (const service of ['core-api', 'worker', 'realtime', 'gateway']) {
    const stage = stages.get(service === 'worker' ? 'core-api' : service)!
    const [binary, script] = (compose.services[service].command ?? stage.command) as [string, string]
    assert.equal(binary, 'node')
    const folder = stage.workdir.replace('/app/', '')
    const { files, packages } = loadedBy(join(folder, script))
    const held = stage.copies.filter(({ from }) => !from).flatMap(({ sources }) => sources)
    for (const file of files) assert.ok(held.includes(file.split('/')[0]!), `${service} loads ${file}`)
    for (const one of packages) {
      const [owner, name] = one.split(': ') as [string, string]
      assert.ok(name in (readYaml(`${owner}/package.json`).dependencies ?? {}), `${owner} depends on ${name} to run`)
    }
  }
})

test('the image of web starts what the build writes, which needs no packages', () => {
  assert.deepEqual(stages.get('web')!.command, ['node', 'build/index.js'])
  assert.match(readText('web/vite.config.ts'), /adapter-node/)
  assert.deepEqual(readYaml('web/package.json').dependencies ?? {}, {})
})

test('no process of ours runs as root or can write where it need not', () => {
  for (const image of IMAGES) assert.equal(stages.get(image)!.user, 'node')
  for (const [name, service] of Object.entries<any>(compose.services)) {
    assert.equal(service.read_only, true, name)
    assert.deepEqual(service.cap_drop, ['ALL'], name)
    assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name)
    assert.ok(service.healthcheck.test.length > 1, name)
    if (!OURS.includes(name)) assert.ok(service.user, name)
  }
})

test('only the gateway is reached from outside', () => {
  const open = Object.entries<any>(compose.services).filter(([, { ports }]) => ports)
  assert.deepEqual(
    open.map(([name]) => name),
    ['gateway'],
  )
  assert.match(open[0]![1].ports[0], /:8080$/)
})

test('images, compose and health checks agree on the ports', () => {
  const ports = Object.fromEntries(OURS.map((name) => [name, environmentOf(name).PORT!]))
  assert.equal(new Set(Object.values(ports)).size, OURS.length)
  for (const name of IMAGES) {
    assert.deepEqual([stages.get(name)!.env.PORT, stages.get(name)!.expose], [ports[name], ports[name]])
  }
  for (const name of OURS) assert.equal(new URL(compose.services[name].healthcheck.test.at(-1)).port, ports[name])
  const gateway = gatewayConfig(environmentOf('gateway'))
  assert.deepEqual(gateway.apiNodes, [`core-api:${ports['core-api']}`])
  assert.deepEqual(gateway.realtimeNodes, [`realtime:${ports.realtime}`])
  assert.deepEqual(gateway.webNodes, [`web:${ports.web}`])
  for (const name of ['realtime', 'web'])
    assert.equal(environmentOf(name).API_URL, `http://core-api:${ports['core-api']}`)
})

test('what compose hands over is what the services understand', () => {
  const core = readCoreConfig(environmentOf('core-api'))
  assert.deepEqual([core.production, core.host, core.port, core.dataDir], [true, '0.0.0.0', 3000, '/data'])
  assert.deepEqual(readCoreConfig(environmentOf('worker')), { ...core, port: 3003 })
  const realtime = readRealtimeConfig(environmentOf('realtime'))
  assert.deepEqual([realtime.host, realtime.port, realtime.publicUrl], ['0.0.0.0', 3001, core.publicUrl])
  assert.equal(realtime.internalSecret, core.internalSecret)
})

test('an operator can have a line for each request', () => {
  const named = gatewayConfig({ ...environmentOf('gateway'), ACCESS_LOG: '/dev/stdout' })
  assert.match(renderNginxConf(named), /access_log \/dev\/stdout json;/)
  assert.ok('ACCESS_LOG' in compose.services.gateway.environment)
})

test('compose hands core-api and realtime whatever an operator may set, and worker the same as core-api', () => {
  const readBy = (service: string) =>
    [...readText(`${service}/src/config.ts`).matchAll(/^ {2}([A-Z][A-Z0-9_]+): (?!true)/gm)].map(([, name]) => name!)
  const givenTo = (service: string) => Object.keys(compose.services[service].environment)
  // Set by the image, or of use only where the database is not compose's own.
  const elsewhere = ['HOST', 'TRUST_PROXY', 'LOG_REQUESTS', 'DATABASE_APP_URL', 'DATABASE_APP_ROLE', 'DATABASE_POOL']
  assert.deepEqual([...givenTo('core-api'), ...elsewhere].sort(), readBy('core-api').sort())
  assert.deepEqual(givenTo('worker'), givenTo('core-api'))
  assert.deepEqual([...givenTo('realtime'), 'HOST'].sort(), readBy('realtime').sort())
})

test('a missing secret stops compose, and .env.example names every variable that it reads, and no other', () => {
  const text = readText('docker-compose.yml')
  const read = new Set([...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name!))
  assert.deepEqual([...read].sort(), [...Object.keys(filledIn), ...leftOut].sort())
  for (const name of Object.keys(filledIn))
    if (/SECRET|PASSWORD/.test(name)) assert.doesNotMatch(text, new RegExp(`\\$\\{${name}(:-|\\})`))
})

const hasNginx = spawnSync('nginx', ['-v']).status === 0
const withNginx = hasNginx ? test : (name: string) => test.skip(name)
withNginx('nginx accepts the configuration of the container, whose parts it looks up first', () => {
  const directory = mkdtempSync(join(tmpdir(), 'taskflow-deploy-'))
  const config = { ...gatewayConfig({ ...environmentOf('gateway'), TRUSTED_PROXY: '172.16.0.0/12, ::1' }), directory }
  const parts = {
    apiNodes: ['10.0.0.1:3000', '10.0.0.2:3000'],
    realtimeNodes: ['10.0.0.3:3001'],
    webNodes: ['[fd00::1]:3002'],
  }
  writeFileSync(join(directory, 'nginx.conf'), renderNginxConf({ ...config, ...parts }))
  const { status, stderr } = spawnSync('nginx', ['-t', ...nginxArguments(directory, join(directory, 'nginx.conf'))])
  rmSync(directory, { recursive: true })
  assert.equal(status, 0, String(stderr))
})

test.run()
