import { runCommand } from '../failure.js';
import { measure } from '../measurement.js';

/** `npm run campaign -- NAME [--json]`: the long runs, by hand. */
await runCommand(() => measure('campaigns', process.argv.slice(2)));
process.exit();
