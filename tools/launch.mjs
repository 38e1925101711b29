// The first file of every command, in syntax that Node 20 parses: it installs what the lock file
// names when that changed, builds when a source changed, and goes on under Node 24.
// Why a launcher: the servers need Node >= 24.11, a fresh machine may have 20 (docs/decisions/0001).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INSTALL_NEEDS_BYTES = 1_100_000_000;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const [command = 'start', ...rest] = process.argv.slice(2);

function fail(ja, en) {
  process.stderr.write(`renkei: ${ja}\nrenkei: ${en}\n`);
  process.exit(1);
}

const hash = (text) => createHash('sha256').update(text).digest('hex');
const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number);

function refuseAnOldNode() {
  if (runningMajor >= 20) return;
  fail(
    `Node ${process.versions.node} は古すぎます。Node 20 以降を入れてください。`,
    `Node ${process.versions.node} is too old; install Node 20 or later.`,
  );
}

/** `npm start` and `npm test` side by side on a fresh clone must not install into one folder. */
function withLock(work) {
  const folder = join(root, '.renkei');
  const lock = join(folder, 'launch.lock');
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') return work(); // A read-only clone has nothing to build either.
      if (!isHeld(lock)) rmSync(lock, { force: true });
      else Atomics.wait(wait, 0, 0, 200);
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.on('exit', release);
  work();
  release();
  process.off('exit', release);
}

function isHeld(lock) {
  let holder;
  try {
    holder = Number(readFileSync(lock, 'utf8'));
    // Taken a moment ago, its number not yet written.
    if (!holder) return statSync(lock).mtimeMs > Date.now() - 2000;
  } catch {
    return false;
  }
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function installIfTheLockChanged() {
  // A linked folder belongs to somebody else: npm ci would empty it under their hands.
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) return;
  const wanted = hash(readFileSync(join(root, 'package-lock.json')));
  const stamp = join(modules, '.renkei-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const disk = statfsSync(root);
  if (!existsSync(modules) && disk.bavail * disk.bsize < INSTALL_NEEDS_BYTES) {
    fail(
      'ディスクの空きが足りません。1.1 GB 以上を空けてから、もう一度実行してください。',
      'The disk is too full; free at least 1.1 GB, then run the command again.',
    );
  }
  process.stderr.write('renkei: パッケージを入れています / installing packages …\n');
  const status = runNpm([
    'ci',
    // NODE_ENV=production in somebody's shell must not leave the build and the tests out.
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ]);
  if (status !== 0) {
    fail(
      'npm ci が失敗しました。上の行を確かめて、もう一度実行してください。',
      'npm ci failed; see the lines above, then run the command again.',
    );
  }
  writeFileSync(stamp, wanted);
}

/** The npm that started us, else the one on the PATH. */
function runNpm(args) {
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const own = process.env.npm_execpath;
  if (own && /\.c?js$/.test(own))
    return spawnSync(process.execPath, [own, ...args], options).status;
  const isWindows = process.platform === 'win32';
  return spawnSync(isWindows ? 'npm.cmd' : 'npm', args, { ...options, shell: isWindows }).status;
}

/** The packaged Node 24 when the running one is older than TypeORM and oidc-provider need. */
function chooseNode() {
  if (runningMajor > 24 || (runningMajor === 24 && runningMinor >= 11)) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(modules, name, 'bin', file);
  // Running it is the only proof: the file may be there and not fit this system's C library.
  if (spawnSync(packaged, ['--version'], { stdio: 'ignore' }).status === 0) return packaged;
  return fail(
    `${process.platform}-${process.arch} 用の Node が同梱されていません。Node 24.11 以降を入れてください。`,
    `No packaged Node runs on this ${process.platform}-${process.arch}; install Node 24.11 or later.`,
  );
}

function sources(folder, found = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sources(path, found);
    else if (/\.(ts|tsx|json)$/.test(entry.name)) found.push(path);
  }
  return found;
}

/** Compiles only when a source, the compiler's settings or the lock file changed since last time. */
function buildIfASourceChanged(node) {
  const files = ['apps', 'libs', 'tools']
    .filter((f) => existsSync(join(root, f)))
    .flatMap((f) => sources(join(root, f)))
    .sort();
  const short = files.map((f) => f.slice(root.length));
  const states = files.map((f) => statSync(f)).map((s) => `${s.mtimeMs} ${s.size}`);
  const settings = ['tsconfig.json', 'package-lock.json'].map((f) => readFileSync(join(root, f)));
  const names = hash(short.join('\n'));
  const wanted = `${names} ${hash([...settings, ...states].join('\n'))}`;
  const stamp = join(root, 'dist', '.renkei-build');
  const last = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (last === wanted) return;
  // A source that went away leaves its compiled file, and jest would still run an old spec.
  if (last.split(' ')[0] !== names) rmSync(join(root, 'dist'), { recursive: true, force: true });
  rmSync(stamp, { force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  const tsc = join(modules, 'typescript-native', 'bin', 'tsc');
  const run = spawnSync(node, [tsc, '-p', root], { stdio: ['ignore', 2, 2] });
  if (run.status !== 0) {
    fail(
      'ソースをコンパイルできません。上の行を確かめてください。',
      'The sources do not compile; see the lines above.',
    );
  }
  writeFileSync(stamp, wanted);
}

function runUnder(node, args) {
  // The channel tells the command when we are gone, even by kill -9: it then stops in order.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const RENKEI_LAUNCH_MS = String(Math.round(process.uptime() * 1000));
  const child = spawn(node, args, { stdio, cwd: root, env: { ...process.env, RENKEI_LAUNCH_MS } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    fail(`${node} を起動できません。`, `${node} does not start (${error.code}).`);
  });
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : code);
  });
  followNpm(child);
}

/** npm killed with -9 cannot pass that on: its child finds itself with another parent. */
function followNpm(child) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
}

refuseAnOldNode();
let node;
withLock(() => {
  installIfTheLockChanged();
  node = chooseNode();
  buildIfASourceChanged(node);
});
if (command !== 'build') {
  runUnder(node, [
    '--enable-source-maps',
    join(root, 'dist', 'tools', 'commands', `${command}.js`),
    ...rest,
  ]);
}
