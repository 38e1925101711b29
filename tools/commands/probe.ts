import { get } from 'node:http';
import { Settings } from '#libs/platform';

/** `probe bank-core|gateway`: exit 0 when the server of this container is ready, as its private listener says. */
const prefix = process.argv[2] === 'gateway' ? 'GATEWAY' : 'BANK';
const { port } = new Settings().address(`${prefix}_OPERATIONS_LISTEN`);

const asked = get({ host: '127.0.0.1', port, path: '/readyz', timeout: 2000 }, (answer) => {
  answer.resume();
  process.exitCode = answer.statusCode === 200 ? 0 : 1;
});
asked.on('timeout', () => asked.destroy());
asked.on('error', () => (process.exitCode = 1));
