import { createServer } from 'node:http';
import { sayReady } from '#libs/platform';

/** (a) Node's own server and nothing else: an answer of the size of a balance. */
const BODY = process.env['BENCH_BODY'] ?? '{}';
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(BODY);
});
server.listen(Number(process.env['BENCH_PORT']), '127.0.0.1', sayReady);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
