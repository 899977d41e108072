/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- a test, never inside n8n */
import { execFileSync } from 'node:child_process';

const NOON = '2026-07-01T12:00:00.000Z';
const MIDNIGHT = '2026-07-01T00:00:00.000Z';

/** Parses dates in a process with another time zone, since a running one keeps its own. */
function parseInNewYork(dates: string[]): string[] {
	const file = require.resolve('../../../../../nodes/AimlApi/resources/account/timeRange');
	const script = `
		const { parseMoment } = require(${JSON.stringify(file)});
		const dates = ${JSON.stringify(dates)}.map((date) => new Date(parseMoment(date, 'Start')));
		console.log(JSON.stringify(dates));`;
	const env = { ...process.env, TZ: 'America/New_York' };
	const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { env });
	return JSON.parse(output.toString()) as string[];
}

test('a date is in UTC unless it has a time zone, wherever n8n runs', () => {
	const expected = {
		'2026-07-01T12:00': NOON,
		'2026-07-01 12:00:00': NOON,
		'2026-07-01T14:00:00+02:00': NOON,
		'07/01/2026 12:00': NOON,
		'07/01/2026 12:00 PM': NOON,
		'July 1, 2026 12:00': NOON,
		'Wed Jul 01 2026 08:00:00 GMT-0400 (Eastern Daylight Time)': NOON,
		'Wed, 01 Jul 2026 12:00:00 GMT': NOON,
		'2026-07-01': MIDNIGHT,
		'07/01/2026': MIDNIGHT,
	};
	expect(parseInNewYork(Object.keys(expected))).toEqual(Object.values(expected));
});
