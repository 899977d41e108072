// Loaded into n8n: ends it, and what it has started, when the program that started it is gone.
const { isMainThread } = require('node:worker_threads');

const group = process.platform === 'win32' ? process.pid : -process.pid;

if (isMainThread) process.stdin.on('close', () => process.kill(group, 'SIGKILL')).resume();
