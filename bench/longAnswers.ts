import type { Workflow } from '../harness/workflows/workflow';
import { CHAT } from './candidates';
import type { Stage } from './stage';

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

/** Growth of n8n's memory in use after garbage collection, as long answers arrive; in bytes. */
export async function grownBytes(stage: Stage, workflow: Workflow, items: number): Promise<number> {
	stage.sandbox.requestLog.clear();
	stage.sandbox.faults.set([{ when: { path: CHAT }, do: { body: longAnswer } }]);
	const run = await stage.run(workflow, items);
	stage.sandbox.faults.clear();
	return run.grownBytes;
}
