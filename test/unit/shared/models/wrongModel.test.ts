import { parseCatalog } from '../../../../nodes/shared/models/model';
import { describeWrongModel } from '../../../../nodes/shared/models/wrongModel';

const models = parseCatalog([
	{ id: 'flux/schnell', type: 'image-generations' },
	{ id: 'gpt', type: 'chat-completions', aliases: ['gpt-latest'] },
	{ id: 'both', type: 'image-generations' },
	{ id: 'both', type: 'chat-completions' },
	{ id: 'odd', type: 'something-new' },
])!;
const chat = '/v1/chat/completions';

test('a model of another kind is described with what it does and its operation', () => {
	expect(describeWrongModel(models, 'flux/schnell', chat)).toEqual({
		message: "'flux/schnell' isn't a chat model",
		description: "It generates images. Choose a chat model in 'Model', or use 'Generate an Image'.",
	});
	expect(describeWrongModel(models, 'gpt-latest', '/v1/tts')?.description).toContain(
		"'Message a Model'",
	);
});

test.each([
	['serves the endpoint, too', 'both', chat],
	['the catalog does not know', 'gone', chat],
	['of which the catalog does not tell what it does', 'odd', chat],
	['was sent to something that is no endpoint of models', 'gpt', '/v2/billing'],
])('there is no description for a model that %s', (_, id, path) => {
	expect(describeWrongModel(models, id, path)).toBeUndefined();
});
