<?php
// What a web server does for a CGI program.
$parts = parse_url($_SERVER['REQUEST_URI']);
$environment = array('GATEWAY_INTERFACE' => 'CGI/1.1', 'REQUEST_METHOD' => 'GET', 'SCRIPT_NAME' => '',
    'PATH_INFO' => $parts['path'], 'QUERY_STRING' => $parts['query'] ?? '', 'SERVER_NAME' => '127.0.0.1') + getenv();
$process = proc_open(array('perl', __DIR__ . '/blosxom.cgi'), array(1 => array('pipe', 'w'), 2 => STDERR), $pipes, __DIR__, $environment);
list($head, $body) = explode("\r\n\r\n", stream_get_contents($pipes[1]), 2) + array('', '');
proc_close($process);
foreach (explode("\r\n", $head) as $line) {
    preg_match('/^Status:\s*(\d+)/i', $line, $match) ? http_response_code((int) $match[1]) : header($line);
}
echo $body;
