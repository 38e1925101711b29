// The first file of every command, in syntax that Node 20 parses: it installs what the lock file
// names when that changed, builds when a source changed, and goes on under Node 24.
// Why a launcher: the servers need Node >= 24.11, a fresh machine may have 20 (docs/decisions/0001).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = 'start', ...rest] = process.argv.slice(2);

function fail(sentence) {
  process.stderr.write(`renkei: ${sentence}\n`);
  process.exit(1);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) fail(`Node ${process.versions.node} is too old; install Node 20 or later.`);

const hash = (text) => createHash('sha256').update(text).digest('hex');

function installIfTheLockChanged() {
  const wanted = hash(readFileSync(join(root, 'package-lock.json')));
  const stamp = join(root, 'node_modules', '.renkei-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('renkei: installing packages …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(
    npm,
    ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  if (run.status !== 0) fail('npm ci failed; see the lines above, then run the command again.');
  writeFileSync(stamp, wanted);
}

/** The packaged Node 24 when the running one is older than TypeORM and oidc-provider need. */
function chooseNode() {
  const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number);
  if (runningMajor > 24 || (runningMajor === 24 && runningMinor >= 11)) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', name, 'bin', file);
  if (existsSync(packaged)) return packaged;
  return fail(
    `no packaged Node for ${process.platform}-${process.arch}; install Node 24.11 or later.`,
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
    .flatMap((f) => sources(join(root, f)));
  const listed = files
    .map((f) => `${f.slice(root.length)} ${statSync(f).mtimeMs} ${statSync(f).size}`)
    .sort();
  const settings = ['tsconfig.json', 'package-lock.json'].map((f) =>
    hash(readFileSync(join(root, f))),
  );
  const names = hash(
    files
      .map((f) => f.slice(root.length))
      .sort()
      .join('\n'),
  );
  const wanted = `${names} ${hash([...settings, ...listed].join('\n'))}`;
  const stamp = join(root, 'dist', '.renkei-build');
  const last = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (last === wanted) return;
  // A source that went away leaves its compiled file, and jest would still run an old spec.
  if (last.split(' ')[0] !== names) rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
  const run = spawnSync(node, [tsc, '-p', root], { stdio: ['ignore', 2, 2] });
  if (run.status !== 0) fail('the sources do not compile; see the lines above.');
  writeFileSync(stamp, wanted);
}

function runUnder(node, args) {
  const child = spawn(node, args, {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, RENKEI_NODE: node },
  });
  // A terminal sends Ctrl-C to the whole group; a supervisor sends SIGTERM to us alone.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

installIfTheLockChanged();
const node = chooseNode();
if (command !== 'check') buildIfASourceChanged(node);
if (command === 'build') process.exit(0);
runUnder(node, [
  '--enable-source-maps',
  join(root, 'dist', 'tools', 'commands', `${command}.js`),
  ...rest,
]);
