/**
 * `npm run dev`: the demo, built and started again after every save in `src` and `db`. What the page loads needs no restart,
 * only a reload in the browser. The address stays the same: `DEMO_PORT`, or a free port chosen at the start.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, watch } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
/** An editor saves in several steps, a version control system many files. */
const SETTLE_MS = 200

let demo
let isStopping = false
let hasChanged = false
let watchers = []
let wake = () => {}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    isStopping = true
    wake()
  })

const port = process.env.DEMO_PORT ?? (await freePort())
while (!isStopping) {
  hasChanged = false
  watchFolders()
  if ((await build()) && !isStopping && !hasChanged) {
    await stopDemo()
    if (!isStopping) demo = run('dist/src/cli.js', 'demo')
  }
  await changeOrStop()
}
for (const watcher of watchers) watcher.close()
await stopDemo()

function run(file, ...args) {
  return spawn(process.execPath, [file, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DEMO_PORT: String(port) },
  })
}

/** Never interrupted: a killed `tsc` leaves its compiler process behind. */
async function build() {
  const [code] = await once(run('node_modules/typescript/bin/tsc', '-b'), 'exit')
  return code === 0
}

async function stopDemo() {
  if (!demo || demo.exitCode !== null || demo.signalCode !== null) return
  demo.kill('SIGTERM')
  await once(demo, 'exit')
}

/** One watcher a folder: a file that is replaced by renaming, as many editors do, is noticed too. */
function watchFolders() {
  for (const watcher of watchers) watcher.close()
  const page = path.join(root, 'src/local-slack/page')
  const isPage = (folder) => folder === page || folder.startsWith(page + path.sep)
  const inside = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
  const folders = ['src', 'db'].map((name) => path.join(root, name)).flatMap((top) => [top, ...inside(top)])
  watchers = folders
    .filter((folder) => !isPage(folder))
    .map((folder) =>
      watch(folder, () => {
        hasChanged = true
        wake()
      }),
    )
}

async function changeOrStop() {
  while (!hasChanged && !isStopping)
    await new Promise((resolve) => {
      wake = resolve
    })
  if (!isStopping) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: free } = server.address()
  server.close()
  await once(server, 'close')
  return free
}
