// Loaded into n8n by the benchmarks. Appends lines of JSON to a file of its user folder: for how long its event
// loop was blocked, and the CPU time of its main thread. With PROBE_MEMORY it also collects garbage, which takes
// time, and writes how much memory is in use. As long as a file named `profile` exists, it takes a CPU profile.
const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const TICK_MS = 20;
const WRITE_EVERY_MS = 50;
const COLLECT_EVERY_MS = 2000;
const SAMPLE_EVERY_US = 1000;

if (isMainThread) {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc');
	const measuresMemory = Boolean(process.env.PROBE_MEMORY);
	const folder = process.env.N8N_USER_FOLDER;
	const file = join(folder, 'probe.jsonl');
	const profiler = new Session();
	let isProfiling = false;
	const startOrStopProfile = () => {
		if (existsSync(join(folder, 'profile')) === isProfiling) return;
		isProfiling = !isProfiling;
		if (isProfiling) return profiler.post('Profiler.start');
		profiler.post('Profiler.stop', (_, { profile }) =>
			writeFileSync(join(folder, 'n8n.cpuprofile'), JSON.stringify(profile)),
		);
	};
	profiler.connect();
	profiler.post('Profiler.enable');
	profiler.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
	const cpuMs = () => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / 1000;
	};
	let last = { at: Date.now(), cpuMs: cpuMs() };
	let written = last.at;
	let collected = last.at;
	let longest = { ms: 0, cpuMs: 0 };
	/** CPU time of the probe itself, which doesn't count. */
	let ownCpuMs = 0;
	setInterval(() => {
		const now = { at: Date.now(), cpuMs: cpuMs() };
		const block = { ms: now.at - last.at - TICK_MS, cpuMs: now.cpuMs - last.cpuMs };
		if (block.cpuMs > longest.cpuMs) longest = block;
		last = now;
		if (now.at - written < WRITE_EVERY_MS) return;
		startOrStopProfile();
		const isCollecting = measuresMemory && now.at - collected >= COLLECT_EVERY_MS;
		if (isCollecting) collectGarbage();
		const { heapUsed, external } = process.memoryUsage();
		const liveBytes = isCollecting ? heapUsed + external : null;
		const usedCpuMs = now.cpuMs - ownCpuMs;
		appendFileSync(file, `${JSON.stringify({ at: now.at, longest, usedCpuMs, liveBytes })}\n`);
		last = { at: Date.now(), cpuMs: cpuMs() };
		ownCpuMs += last.cpuMs - now.cpuMs;
		written = last.at;
		if (isCollecting) collected = last.at;
		longest = { ms: 0, cpuMs: 0 };
	}, TICK_MS).unref();
}
