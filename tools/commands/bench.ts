import { runCommand } from '../failure.js';
import { measure } from '../measurement.js';

/** `npm run bench -- NAME [--json]`: what a request, a start or a process costs. */
await runCommand(() => measure('bench', process.argv.slice(2)));
process.exit();
