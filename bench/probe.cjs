// Loaded into n8n by the soak: how long its event loop was blocked and how much memory is in use,
// a line of JSON every quarter of a second in a file of its user folder.
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const INTERVAL_MS = 250;
const COLLECT_EVERY = 8;

if (isMainThread) {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc');
	const file = join(process.env.N8N_USER_FOLDER, 'probe.jsonl');
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	let samples = 0;
	setInterval(() => {
		const blockedMs = Math.round(delay.max / 1e6);
		if (++samples % COLLECT_EVERY === 0) collectGarbage();
		const liveBytes = samples % COLLECT_EVERY === 0 ? process.memoryUsage().heapUsed : null;
		appendFileSync(file, `${JSON.stringify({ at: Date.now(), blockedMs, liveBytes })}\n`);
		delay.reset();
	}, INTERVAL_MS).unref();
}
