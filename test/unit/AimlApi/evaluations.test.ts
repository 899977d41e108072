import { Expression } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { numberedItems, runChat, type ChatRun } from '../../engine/chatRun';

const sandbox = useSandbox();

afterEach(() => jest.restoreAllMocks());

/** How often n8n evaluates each expression for an item. */
async function evaluationsPerItem(run: ChatRun): Promise<Record<string, number>> {
	const count = 10;
	const evaluate = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');
	const { error } = await runChat(sandbox, { items: numberedItems(count), ...run });
	expect(error).toBeUndefined();
	const times: Record<string, number> = {};
	for (const [value] of evaluate.mock.calls) {
		const isExpression = typeof value === 'string' && value.startsWith('=');
		if (isExpression) times[value] = (times[value] ?? 0) + 1;
	}
	return Object.fromEntries(
		Object.entries(times).map(([value, sum]) => [value, Math.floor(sum / count)]),
	);
}

test('an expression is evaluated a few times for an item, not once per operation, and only if the user entered it', async () => {
	const model = '={{ "openai/gpt-4o-mini" }}';
	const content = '={{ "Say " + $json.number }}';
	const temperature = '={{ 0.5 }}';
	const times = await evaluationsPerItem({
		model,
		messages: content,
		modelParameters: { temperature },
	});
	expect(Object.keys(times).sort()).toEqual([model, content, temperature].sort());
	expect(times[model]).toBe(5);
	expect(times[content]).toBe(5);
	expect(times[temperature]).toBeLessThanOrEqual(3);
});
