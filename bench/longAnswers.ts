import type { Workflow } from '../harness/workflows/workflow';
import { CHAT } from './candidates';
import type { BenchN8n } from './benchN8n';

export const ANSWER_BYTES = 20_000;

const longAnswer = JSON.stringify({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	model: 'openai/gpt-4o-mini',
	choices: [
		{
			index: 0,
			finish_reason: 'stop',
			message: { role: 'assistant', content: 'x'.repeat(ANSWER_BYTES) },
		},
	],
});

/** Bytes by which n8n's memory in use after garbage collection grows with answers of `ANSWER_BYTES`. */
export async function measureGrownBytes(
	n8n: BenchN8n,
	workflow: Workflow,
	items: number,
): Promise<number> {
	n8n.sandbox.requestLog.clear();
	n8n.sandbox.faults.set([{ when: { path: CHAT }, do: { body: longAnswer } }]);
	const run = await n8n.run(workflow, items);
	n8n.sandbox.faults.clear();
	return run.grownBytes;
}
