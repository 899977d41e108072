// Loaded into n8n: kills it and its child processes when the program that started it has ended.
const { isMainThread } = require('node:worker_threads');

const group = process.platform === 'win32' ? process.pid : -process.pid;

if (isMainThread) process.stdin.on('close', () => process.kill(group, 'SIGKILL')).resume();
