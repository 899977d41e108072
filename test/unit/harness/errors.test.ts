import { npmError, UserFacingError, userMessage } from '../../../harness/errors';

describe('a failure of npm is told with what to do about it', () => {
	test.each([
		['npm error code ENOTFOUND\nnpm error network request failed', /registry cannot be reached/],
		['npm error code ECONNREFUSED', /registry cannot be reached/],
		['npm error code ENOSPC\nnpm error nospc write', /disk is full/],
		['npm error gyp ERR! find Python Python is not set', /Install python3, make/],
		['npm error code EACCES', /permissions/],
		['npm error code ETARGET\nnpm error notarget No matching version', /does not have a package/],
	])('a failure of npm is explained with what to do about it: %j', (output, advice) => {
		expect(npmError('Getting n8n', output).message).toMatch(/^Getting n8n failed\. /);
		expect(npmError('Getting n8n', output).message).toMatch(advice);
	});

	test('an unknown failure of npm shows the end of what npm printed, without stack lines', () => {
		const { message } = npmError('The build', 'nodes/a.ts(1,2): error TS1\n    at run (x.js:1)\n');
		expect(message).toBe('The build failed. It ended with:\n  nodes/a.ts(1,2): error TS1');
	});
});

describe('what is printed of an error', () => {
	test('what is printed of an error is its message alone', () => {
		expect(userMessage(new UserFacingError('Port 1 is in use.'))).toBe('Port 1 is in use.');
	});

	test('what is printed of an error names the cause that fetch hides', () => {
		const error = new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') });
		expect(userMessage(error)).toBe('fetch failed: connect ECONNREFUSED');
	});

	test('what is printed of an error is advice when the disk is full', () => {
		expect(userMessage(new Error('ENOSPC: no space left on device, write'))).toMatch(/Free some/);
	});
});
