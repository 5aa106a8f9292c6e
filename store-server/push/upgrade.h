// What the HTTP listener hands over when a device asks for the push channel. Heavy: only for the files that need Beast.
#pragma once

#include <memory>

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace lanekeeper::push {

using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

struct Upgrade {
  TlsStream stream;
  boost::beast::http::request<boost::beast::http::string_body> request;
  std::shared_ptr<void> slot;  // kept while the connection lives: its place among all connections
};

}  // namespace lanekeeper::push
