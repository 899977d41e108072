// Loaded into n8n by the soak: how long its event loop was blocked and how much memory is in use,
// lines of JSON in a file of its user folder.
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const TICK_MS = 20;
const WRITE_EVERY_MS = 250;
const COLLECT_EVERY_MS = 2000;

if (isMainThread) {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc');
	const file = join(process.env.N8N_USER_FOLDER, 'probe.jsonl');
	let last = Date.now();
	let written = last;
	let collected = last;
	let blockedMs = 0;
	setInterval(() => {
		const at = Date.now();
		blockedMs = Math.max(blockedMs, at - last - TICK_MS);
		last = at;
		if (at - written < WRITE_EVERY_MS) return;
		const isCollecting = at - collected >= COLLECT_EVERY_MS;
		if (isCollecting) collectGarbage();
		const liveBytes = isCollecting ? process.memoryUsage().heapUsed : null;
		appendFileSync(file, `${JSON.stringify({ at, blockedMs, liveBytes })}\n`);
		last = written = Date.now();
		if (isCollecting) collected = last;
		blockedMs = 0;
	}, TICK_MS).unref();
}
