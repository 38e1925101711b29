import chromium from '@sparticuz/chromium';

// A process of its own: the package asks the system for TMPDIR, and jest's workers only have a copy
// of the environment to set.
await chromium.executablePath();
