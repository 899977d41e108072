/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { startIdleProxy } from '../../engine/idleProxy';
import { runChat, type ChatRun } from '../../engine/chatRun';
import { runOperation } from '../../engine/operationRun';
import {
	brokenOffStream,
	startScriptedServer,
	type Answer,
	type ScriptedServer,
} from '../../engine/scriptedServer';

/** Answers that come slowly, endlessly or not at all; and how the node ends each of them. */

const servers: ScriptedServer[] = [];

/** A host without a catalog, whose other answers are as the test says. */
async function serve(answer: Answer): Promise<ScriptedServer> {
	const server = await startScriptedServer(answer);
	servers.push(server);
	return server;
}

afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});

const COMPLETION = JSON.stringify({
	id: 'c1',
	choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'fine' } }],
});

interface ChatOptions extends ChatRun {
	options?: INodeParameters;
}

const chat = async (url: string, { options, fields, ...run }: ChatOptions = {}) =>
	await runChat(
		{ apiKey: 'key', url },
		{
			model: 'm',
			fields: { options: { ...options }, ...fields },
			...run,
		},
	);

const chats = ({ requests }: ScriptedServer) =>
	requests.filter(({ url }) => url.endsWith('/chat/completions'));

const send = async (response: Parameters<Answer>[0], parts: string[], pause: number) => {
	for (const part of parts) {
		response.write(part);
		await sleep(pause);
	}
	response.end();
};

const events = (...pieces: string[]) => [
	...pieces.map(
		(content) =>
			`data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: { content } }] })}\n\n`,
	),
	`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`,
	'data: [DONE]\n\n',
];

/** Cancels an execution some time after the server got the request. */
async function cancelDuring(
	hasArrived: () => boolean,
	run: (onStart: NonNullable<ChatRun['onStart']>) => Promise<unknown>,
) {
	let cancel = () => {};
	const running = run((stop) => (cancel = stop)).catch(() => undefined);
	while (!hasArrived()) await sleep(10);
	await sleep(100);
	cancel();
	await running;
}

async function expectClosed(server: ScriptedServer) {
	for (let waited = 0; (await server.openConnections()) > 0 && waited < 1000; waited += 20) {
		await sleep(20);
	}
	expect(await server.openConnections()).toBe(0);
}

describe('an answer that does not come in time', () => {
	test('a timeout is an error without a retry or a fallback model', async () => {
		const server = await serve(() => {});
		const { error } = await chat(server.url, {
			options: { timeout: 0.3, fallbackModels: ['z'] },
		});
		expect(error?.message).toBe('The API did not answer within 0.3 s');
		expect(error?.description).toContain("Raise 'Timeout' in 'Options'");
		expect(error?.description).toContain('may have been charged');
		expect(chats(server)).toHaveLength(1);
	});

	test("a timeout is retried, also with the fallback models, with 'Retry on Timeout'", async () => {
		const server = await serve(() => {});
		await chat(server.url, {
			options: { timeout: 0.2, maxRetries: 1, fallbackModels: ['z'], retryOnTimeout: true },
		});
		const models = chats(server).map(({ body }) => body?.model);
		expect(models).toEqual(['m', 'm', 'z', 'z']);
	});

	test('a body that trickles ends with a timeout', async () => {
		const server = await serve(async (response) => await send(response, [...COMPLETION], 50));
		const { error } = await chat(server.url, { options: { timeout: 0.4 } });
		expect(error?.message).toBe("The API's answer was not complete within 0.4 s");
		expect(chats(server)).toHaveLength(1);
	});

	test('an answer without a body ends with a timeout', async () => {
		const server = await serve((response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.flushHeaders();
		});
		const { error } = await chat(server.url, { options: { timeout: 0.3 } });
		expect(error?.message).toBe('The API did not answer within 0.3 s');
		expect(chats(server)).toHaveLength(1);
	});

	test("a timeout names 'Request Options' when it was set there", async () => {
		const server = await serve(() => {});
		const fields = { requestOptions: { timeout: 200 } };
		const { error } = await chat(server.url, { fields });
		expect(error?.message).toBe('The API did not answer within 0.2 s');
		expect(error?.description).toContain("Raise 'Timeout' under 'Request Options'");
		expect(chats(server)).toHaveLength(1);
	});
});

describe('behind a proxy that cuts connections on which nothing comes', () => {
	const CUT_AFTER_MS = 1000;
	const thinkingFor = (seconds: number, sign: string) => [
		...Array.from({ length: seconds * 10 }, () => sign),
		...events('At last'),
	];
	const reasoning = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content: '…' } }] })}\n\n`;

	async function behindProxy(serverUrl: string, options: INodeParameters) {
		const proxy = await startIdleProxy(serverUrl, CUT_AFTER_MS);
		try {
			return await chat(proxy.url, { options });
		} finally {
			await proxy.close();
		}
	}

	test.each([
		['comments that keep the connection alive', ': ping\n\n', 60],
		['its reasoning', reasoning, 1],
	])(
		"with 'Stream', a slow model that sends %s meanwhile is requested once and answers",
		async (_, sign, timeout) => {
			const server = await serve(async (response) => {
				response.setHeader('content-type', 'text/event-stream');
				await send(response, thinkingFor(2, sign), 100);
			});
			const { items, error } = await behindProxy(server.url, { stream: true, timeout });
			expect(error).toBeUndefined();
			expect(items[0].json).toMatchObject({ text: 'At last', finishReason: 'stop' });
			expect(chats(server)).toHaveLength(1);
		},
	);

	test('an answer that the proxy cuts is retried once, and the error names proxy and charge', async () => {
		const server = await serve(() => {});
		const { error } = await behindProxy(server.url, { stream: false, maxRetries: 4 });
		expect(error?.description).toContain('may have been charged');
		expect(error?.description).toContain('proxy');
		expect(chats(server)).toHaveLength(2);
	});
});

describe("with 'Stream'", () => {
	const stream = { stream: true, timeout: 0.5 };

	test("with 'Stream', an answer may take longer than the timeout in total", async () => {
		const words = ['One ', 'two ', 'three ', 'four ', 'five'];
		const server = await serve(async (response) => {
			response.setHeader('content-type', 'text/event-stream');
			await send(response, events(...words), 200);
		});
		const { items, error } = await chat(server.url, { options: stream });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ text: 'One two three four five', finishReason: 'stop' });
		expect(chats(server)).toHaveLength(1);
		expect(chats(server)[0].body).toMatchObject({ stream: true });
	});

	test("with 'Stream', comments do not prevent a timeout", async () => {
		const server = await serve(async (response) => {
			response.setHeader('content-type', 'text/event-stream');
			await send(response, Array<string>(40).fill(': ping\n\n'), 100);
		});
		const { error } = await chat(server.url, { options: stream });
		expect(error?.message).toBe('The API sent nothing more of its answer for 0.5 s');
		expect(chats(server)).toHaveLength(1);
	});

	test("with 'Stream', an answer that is not streamed is read, too", async () => {
		const server = await serve((response) => {
			response.setHeader('content-type', 'application/json');
			response.end(COMPLETION);
		});
		const { items } = await chat(server.url, { options: stream });
		expect(items[0].json.text).toBe('fine');
	});

	test("with 'Stream', a connection that breaks is retried once, since nobody has read the text yet", async () => {
		const server = await serve(brokenOffStream({ delta: { content: 'Hel' } }));
		const { error } = await chat(server.url, { options: stream });
		expect(error?.message).toBe('The answer ended before it was complete');
		expect(chats(server)).toHaveLength(2);
	});
});

test('an endless answer ends at 100 MB', async () => {
	const part = Buffer.alloc(1_000_000, ' ');
	const server = await serve((response) => {
		const write = () => {
			while (!response.destroyed && response.write(part));
			if (!response.destroyed) response.once('drain', write);
		};
		write();
	});
	const { error } = await chat(server.url);
	expect(error?.message).toBe("The API's answer is larger than 100 MB");
	expect(chats(server)).toHaveLength(1);
});

describe('what never left', () => {
	const unreachable = async (url: string, run: ChatOptions = {}) => {
		const { error } = await chat(url, { options: { maxRetries: 0 }, ...run });
		expect(`${error?.message} ${error?.description}`).not.toContain('may have been charged');
		return error;
	};

	test.each([
		['', "'Base URL' in the credential is empty"],
		['http://127.0.0.1:99999', "'Base URL' in the credential is not a URL"],
		['ftp://127.0.0.1', "'Base URL' in the credential must begin with https:// or http://"],
	])('a request to the host %j fails with the reason, without a charge', async (url, message) => {
		expect((await unreachable(url))?.message).toContain(message);
	});

	test('a host may lack its scheme and have the path of the endpoint', async () => {
		const server = await serve((response) => void response.end(COMPLETION));
		const { error } = await chat(`${server.url.slice('http://'.length)}/v1/chat/completions`);
		expect(error).toBeUndefined();
		expect(chats(server).map(({ url }) => url)).toEqual(['/v1/chat/completions']);
	});

	test('a request to a server without TLS is not tried again', async () => {
		const server = await serve((response) => void response.end(COMPLETION));
		const host = server.url.replace('http:', 'https:');
		const error = await unreachable(host, { options: { maxRetries: 4 } });
		expect(error?.message).toContain(`Couldn't make a secure connection to ${host}`);
	});

	test('a request through a proxy that is down names the proxy', async () => {
		const fields = { requestOptions: { proxy: 'http://127.0.0.1:9' } };
		const error = await unreachable('http://api.example.com', { fields });
		expect(error?.message).toBe("The proxy 127.0.0.1:9 can't be reached (ECONNREFUSED)");
	});
});

describe('a redirect', () => {
	test.each([307, 308])(
		'a redirect with %d to the same origin is followed with the body',
		async (status) => {
			const server = await serve((response, { url }) => {
				if (url.startsWith('/moved')) response.end(COMPLETION);
				else response.writeHead(status, { location: '/moved/v1/chat/completions?a=b' }).end();
			});
			const { items } = await chat(server.url);
			expect(items[0].json.text).toBe('fine');
			const [first, second] = chats(server).concat(
				server.requests.filter(({ url }) => url.startsWith('/moved')),
			);
			expect(second.text).toBe(first.text);
		},
	);

	test.each([301, 302, 303, 307, 308])(
		'a redirect with %d to another origin is an error, and the prompt does not go there',
		async (status) => {
			const other = await serve((response) => void response.end(COMPLETION));
			const server = await serve(
				(response) => void response.writeHead(status, { location: `${other.url}/v1` }).end(),
			);
			const { error } = await chat(server.url);
			expect(error?.message).toContain(`redirects to ${other.url}/v1 (HTTP status ${status})`);
			expect(other.requests).toEqual([]);
			expect(chats(server)).toHaveLength(1);
		},
	);

	test('a redirect to another origin is an error, too, where the credential limits its domains', async () => {
		const other = await serve((response) => void response.end(COMPLETION));
		const location = `${other.url}/v1/chat/completions`;
		const server = await serve((response) => void response.writeHead(308, { location }).end());
		const { error } = await chat(server.url, {
			credential: {
				apiKey: 'key',
				url: server.url,
				allowedHttpRequestDomains: 'domains',
				allowedDomains: 'api.aimlapi.com',
			},
		});
		expect(error?.message).toContain(`redirects to ${location} (HTTP status 308)`);
		expect(error?.description).not.toContain('charged');
		expect([chats(server).length, other.requests.length]).toEqual([1, 0]);
	});

	test('a redirect with 301 to the same origin, which would make it a GET, is an error', async () => {
		const server = await serve(
			(response) => void response.writeHead(301, { location: '/moved' }).end(),
		);
		const { error } = await chat(server.url);
		expect(error?.message).toContain('redirects to /moved (HTTP status 301)');
	});

	test('a circle of redirects ends', async () => {
		const server = await serve(
			(response, { url }) => void response.writeHead(307, { location: url }).end(),
		);
		const { error } = await chat(server.url);
		expect(error?.message).toContain('redirects to');
		expect(chats(server)).toHaveLength(6);
	});
});

test.each<[string, Answer, INodeParameters]>([
	['before it begins', () => {}, {}],
	['in its middle', async (response) => await send(response, [...COMPLETION.repeat(50)], 20), {}],
	[
		'in its stream',
		async (response) => {
			response.setHeader('content-type', 'text/event-stream');
			await send(response, events(...Array<string>(500).fill('word ')), 20);
		},
		{ stream: true },
	],
])('an answer that is canceled %s closes the connection', async (_, answer, options) => {
	const server = await serve(answer);
	await cancelDuring(
		() => chats(server).length > 0,
		async (onStart) => await chat(server.url, { options, onStart }),
	);
	await expectClosed(server);
	expect(chats(server)).toHaveLength(1);
});

describe('a file', () => {
	const image = async (url: string, { options, ...run }: ChatOptions = {}) =>
		await runOperation(
			{ apiKey: 'key', url },
			{
				resource: 'image',
				operation: 'generate',
				model: 'm',
				fields: { prompt: 'A lighthouse', options: { maxRetries: 0, ...options } },
				...run,
			},
		);
	const withFile = async (answerFile: Answer) => {
		const server: ScriptedServer = await serve(async (response, request) => {
			if (request.url === '/a.png') return await answerFile(response, request);
			response.end(JSON.stringify({ data: [{ url: `${server.url}/a.png` }] }));
		});
		return server;
	};

	const asImage =
		(send: Answer): Answer =>
		async (response, request) => {
			response.setHeader('content-type', 'image/png');
			await send(response, request);
		};
	const endless = (part: string, pauseMs: number): Answer =>
		asImage(async (response) => {
			for (; !response.destroyed; await sleep(pauseMs)) response.write(part);
		});

	test.each<[string, Answer]>([
		['never comes', () => {}],
		['stalls in its middle', asImage((response) => void response.write('0123456789'))],
		['trickles', endless('0123456789', 50)],
		['never ends', endless('\0'.repeat(100_000), 0)],
	])('a file that %s is given up after the timeout', async (_, answer) => {
		const server = await withFile(answer);
		const { error } = await image(server.url, { options: { timeout: 0.4 } });
		expect(error?.message).toBe(`The file at ${server.url}/a.png did not arrive within 0.4 s`);
		await expectClosed(server);
	});

	test('a file that breaks off is an error with its URL', async () => {
		const server = await withFile(
			asImage(async (response) => {
				response.write('0123456789');
				await sleep(50);
				response.destroy();
			}),
		);
		const { error } = await image(server.url);
		expect(error?.message).toContain(
			`The connection broke before the file at ${server.url}/a.png was complete`,
		);
	});

	test('a cancelled download closes its connection', async () => {
		const server = await withFile(
			asImage(async (response) => await send(response, Array<string>(500).fill('0123456789'), 20)),
		);
		await cancelDuring(
			() => server.count('GET /a.png') > 0,
			async (onStart) => await image(server.url, { onStart }),
		);
		await expectClosed(server);
	});
});
