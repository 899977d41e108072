import { parseExecution } from '../../../harness/n8nCli';

test('the run data is found among the other lines that n8n prints', () => {
	const printed = [
		'There are deprecations related to your n8n setup: {}',
		JSON.stringify({ data: { resultData: { runData: {} } }, mode: 'cli' }, null, 2),
		'Stopping {',
	].join('\n');
	expect(parseExecution(printed)).toEqual({ resultData: { runData: {} } });
});
