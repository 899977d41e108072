// Runs a program, and ends it when the program that started this script has ended.
const { spawn } = require('node:child_process');

const GRACE_MS = 10_000;
const [options, command, ...args] = process.argv.slice(2);

const child = spawn(command, args, {
	...JSON.parse(options),
	stdio: ['ignore', 'inherit', 'inherit'],
});
child.once('error', ({ message }) => {
	console.error(message);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));

// PostgreSQL waits for its clients after SIGTERM, but not after SIGINT.
const end = () => {
	child.kill('SIGINT');
	setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
};
process.on('SIGTERM', end);
process.stdin.on('close', end).resume();
