import { BaseMessage, HumanMessage } from '@langchain/core/messages';
import {
	AiMessage,
	inClassOf,
	LangChainMessage,
} from '../../../../nodes/LmChatAimlApi/langchain/messages';

/** Like `instanceof` in n8n 2.15; in LangChain today, that checks a symbol. */
const isMessage = (message: object): boolean =>
	Object.prototype.isPrototypeOf.call(BaseMessage.prototype, message);

const toMessages = (...messages: object[]) => messages as LangChainMessage[];
const question = new HumanMessage('Hello');

test('an answer to LangChain messages is a LangChain message with all its own members', () => {
	const calls = [{ type: 'tool_call' as const, id: '1', name: 'weather', args: {} }];
	const answer = inClassOf(
		toMessages(question),
		new AiMessage({ content: 'Hi', tool_calls: calls }),
	);
	expect(isMessage(answer)).toBe(true);
	expect(answer).toMatchObject({ content: 'Hi', text: 'Hi', tool_calls: calls });
	expect(answer._getType()).toBe('ai');
	expect(answer.toJSON()).toEqual(new AiMessage({ content: 'Hi', tool_calls: calls }).toJSON());
});

test('joined chunks of an answer to LangChain messages are a LangChain message', () => {
	const [first, next] = ['Hel', 'lo'].map((content) =>
		inClassOf(toMessages(question), new AiMessage({ content })),
	);
	const whole = first.concat(next);
	expect(isMessage(whole)).toBe(true);
	expect(whole.content).toBe('Hello');
});

test('an answer to an earlier answer has the same base class', () => {
	const earlier = inClassOf(toMessages(question), new AiMessage({ content: 'Hi' }));
	const answer = inClassOf(toMessages(earlier), new AiMessage({ content: 'And?' }));
	expect(Object.getPrototypeOf(Object.getPrototypeOf(answer))).toBe(BaseMessage.prototype);
});

test('an answer to our own messages, or to none, keeps its class', () => {
	const own = new LangChainMessage('human', { content: 'Hello' });
	expect(inClassOf([own], new AiMessage({ content: 'Hi' }))).toBeInstanceOf(AiMessage);
	expect(isMessage(inClassOf([], new AiMessage({ content: 'Hi' })))).toBe(false);
});
