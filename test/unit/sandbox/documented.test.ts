import type { Model } from '../../../sandbox';
import { sampleFromSchema } from '../../../sandbox/answers/sampleFromSchema';
import { requestSchema, type Schema } from '../../../sandbox/schema/openapi';
import { specsFolder } from '../../../specs/folder';
import { INVENTED_SPECS } from '../../contract/collections';
import { call, openSandbox } from './client';

const folder = specsFolder() ?? INVENTED_SPECS;

/** The smallest request that a model accepts; a transcription also needs a URL. */
function smallestRequest({ id, document }: Model): object {
	const schema = requestSchema(document);
	const properties = schema.properties as Record<string, Schema>;
	const names = [...((schema.required ?? []) as string[]), 'url'];
	const wanted = Object.fromEntries(
		names.filter((name) => name in properties).map((name) => [name, properties[name]]),
	);
	const text = 'A small red boat on a quiet lake, see https://example.com/boat.png';
	return { ...(sampleFromSchema({ ...schema, properties: wanted }, text) as object), model: id };
}

/** Every twentieth chat model is enough: there are many, and compiling their schemas takes long. */
function toAsk(models: readonly Model[]): Model[] {
	const isChat = ({ endpoint }: Model) => endpoint === '/v1/chat/completions';
	const chat = models.filter(isChat).filter((_, index) => index % 20 === 0);
	return [...chat, ...models.filter((model) => !isChat(model))];
}

test('every documented model, or every twentieth chat model, answers at its endpoint', async () => {
	const sandbox = await openSandbox({ specs: folder });
	const refused = [];
	for (const model of toAsk(sandbox.models)) {
		const answer = await call(sandbox, smallestRequest(model), { path: model.endpoint });
		if (answer.status >= 300) refused.push([model.id, model.endpoint, answer.text]);
	}
	expect(refused).toEqual([]);
});
